/** Places of the causal tests among the streams of their section: none changes another's numbers. */
export const [PATCHING, STEERING, SURGERY, KNOCK_OUT] = [0, 1, 2, 3];
