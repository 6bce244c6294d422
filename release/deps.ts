/** The one place that pins what releases are made with; nothing of it is part of one. */
export { default as ts } from "npm:typescript@6.0.3";
