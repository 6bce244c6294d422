# The command line as one binary, with Deno and all packages in it, on an image that holds nothing else:
#   docker build -t tandem .
#   docker run --rm --network none -v "$PWD:/work" --user "$(id -u):$(id -g)" tandem train --out runs/first
FROM denoland/deno:2.9.6 AS build
WORKDIR /tandem
COPY . .
RUN deno task compile && mv out/bin/tandem-* out/bin/tandem

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /tandem/out/bin/tandem /usr/local/bin/tandem
# prepared cases are kept below
ENV XDG_CACHE_HOME=/tmp/cache
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/tandem"]
CMD ["--help"]
