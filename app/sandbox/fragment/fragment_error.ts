/** A refusal as Fragment answers it: status 200 and `{"error": "..."}`. */
export class FragmentError extends Error {}
