/** A volume with a lower mean Dice than this counts as badly segmented. */
export const BAD_DICE = 0.7;
