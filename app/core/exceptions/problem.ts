import { Exception } from '@adonisjs/core/exceptions'

export interface FieldProblem {
  field: string
  rule: string
  message: string
}

interface ProblemOptions {
  status: number
  /** For programs: `customer_not_found`. */
  code: string
  /** For people: what happened and what to do. */
  detail: string
  errors?: FieldProblem[]
  /** Facts for programs. */
  params?: Record<string, string | number>
  headers?: Record<string, string>
}

/** Why a program is not given what it asked for; answered as RFC 9457 has it. */
export class Problem extends Exception {
  readonly errors?: FieldProblem[]
  readonly params?: Record<string, string | number>
  readonly headers: Record<string, string>

  constructor({ status, code, detail, errors, params, headers = {} }: ProblemOptions) {
    super(detail, { status, code })
    this.errors = errors
    this.params = params
    this.headers = headers
  }
}
