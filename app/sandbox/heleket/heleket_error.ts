/** A refusal in the shape of Heleket: `{"state": 1, "message": ...}`, or field errors with 422. */
export class HeleketError extends Error {
  constructor(
    message: string,
    readonly status = 422,
    readonly errors?: Record<string, string[]>
  ) {
    super(message)
  }
}

export function invalid(field: string, rule: string): HeleketError {
  return new HeleketError('', 422, { [field]: [`validation.${rule}`] })
}
