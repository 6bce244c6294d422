import { type ByNetwork, type Network, NETWORKS } from "../../names.ts";

export type { ByNetwork };

/** The same of another kind, for the networks that are there. */
export function mapNetworks<T, U>(
  values: ByNetwork<T>,
  map: (value: T, network: Network) => U,
): ByNetwork<U> {
  const { ftn, stn } = values;
  return { ftn: map(ftn, "ftn"), ...(stn !== undefined && { stn: map(stn, "stn") }) };
}

/** The networks that something is there of, the fast-thinking one first. */
export function networksOf(values: ByNetwork<unknown>): Network[] {
  return NETWORKS.filter((network) => values[network] !== undefined);
}
