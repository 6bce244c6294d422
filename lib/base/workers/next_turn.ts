/** Lets the event loop have a turn amid long computing: in it signals are heard, and timers. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
