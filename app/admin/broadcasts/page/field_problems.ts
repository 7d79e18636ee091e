import type { BroadcastProblem } from '#broadcasts/problems'
import { inputId } from '#admin/broadcasts/form/field_names'
import { words } from '#admin/broadcasts/words'

/** What is wrong and what to do, in words. */
export const problemText = ({ code, params }: Pick<BroadcastProblem, 'code' | 'params'>) =>
  words(`problems.${code}`, params)

export interface ListedProblem {
  id: string
  text: string
}

/** What the domain refused, worded and put to the fields it is about. */
export class FieldProblems {
  readonly #texts = new Map<string, string>()

  constructor(problems: readonly BroadcastProblem[] = []) {
    for (const problem of problems) {
      if (!this.#texts.has(problem.field)) this.#texts.set(problem.field, problemText(problem))
    }
  }

  get any() {
    return this.#texts.size > 0
  }

  get listed(): ListedProblem[] {
    return [...this.#texts].map(([field, text]) => ({ id: inputId(field), text }))
  }

  of(field: string): string | undefined {
    return this.#texts.get(field)
  }

  /** Something within this part of the form. */
  within(path: string) {
    return [...this.#texts.keys()].some((field) => field === path || field.startsWith(`${path}.`))
  }

  /** The first problem at or below a path: for controls that show one line for several fields. */
  firstWithin(path: string): string | undefined {
    return [...this.#texts].find(([field]) => field === path || field.startsWith(`${path}.`))?.[1]
  }
}
