/** The signal of balanced steady-state free precession, the sequence of cardiac cine. */

/** Relaxation and sequence, times in ms. */
export interface SteadyState {
  /** Longitudinal relaxation time. */
  readonly t1: number;
  /** Transverse relaxation time. */
  readonly t2: number;
  /** Repetition time. */
  readonly tr: number;
  /** Flip angle in degrees. */
  readonly flipDegrees: number;
}

/**
 * The steady-state magnitude (equilibrium 1) off resonance; dark bands lie 1 / TR apart.
 * Source: Freeman and Hill, J Magn Reson 4 (1971) 366.
 *
 * @param offsetHz Off-resonance in Hz; 0 is the middle of the pass band.
 */
export function bssfpSignal({ t1, t2, tr, flipDegrees }: SteadyState, offsetHz: number): number {
  const e1 = Math.exp(-tr / t1), e2 = Math.exp(-tr / t2);
  const angle = flipDegrees * Math.PI / 180, cos = Math.cos(angle);
  const turn = 2 * Math.PI * offsetHz * tr / 1000 + Math.PI;
  const c = e2 * (e1 - 1) * (1 + cos), d = 1 - e1 * cos - (e1 - cos) * e2 * e2;
  const phasor = Math.hypot(1 - e2 * Math.cos(turn), e2 * Math.sin(turn));
  return (1 - e1) * Math.sin(angle) * phasor / (c * Math.cos(turn) + d);
}
