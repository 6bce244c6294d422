/** What is done to a convolution's outputs before they are written. */
export interface Epilogue {
  /** Of the activation below zero, 0 to 1. */
  readonly slope: number;
  /** Pointer to a map that is added before; 0: none. */
  readonly skip: number;
  /** That map has half the height and width, and is doubled by nearest neighbour. */
  readonly doubled: boolean;
}
