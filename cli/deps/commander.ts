/** The one place that pins Commander, in its variant that infers the options' types. */
export {
  Argument,
  Command,
  CommanderError,
  type CommandUnknownOpts,
  Help,
  InvalidArgumentError,
  Option,
} from "npm:@commander-js/extra-typings@15.1.0";
