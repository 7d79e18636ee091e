/** One step of the strip that `@steps` draws. */
export interface Step {
  text: string
  state: 'done' | 'current' | 'failed' | 'todo'
  at?: number | null
  hint?: string
}
