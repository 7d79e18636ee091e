import { STATUS_CODES } from 'node:http'
import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { errors as vineErrors } from '@vinejs/vine'
import { ModuleOffException } from '#core/exceptions/module_off'
import { Problem } from '#core/exceptions/problem'

const API = '/api/'

/** Whoever asks there is a program: nothing is answered with a page. */
export const isForPrograms = ({ request }: HttpContext) => request.url().startsWith(API)

/** Answers with what went wrong; of what is our own fault only the id under which the log has it. */
export function answerProblem(error: unknown, { request, response }: HttpContext) {
  const problem = problemOf(error)
  for (const [name, value] of Object.entries(problem.headers)) response.header(name, value)
  response
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({
      success: false,
      type: 'about:blank',
      title: STATUS_CODES[problem.status],
      status: problem.status,
      code: problem.code,
      detail: problem.message,
      ...(problem.errors && { errors: problem.errors }),
      ...(problem.params && { params: problem.params }),
      request_id: request.id(),
    })
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof vineErrors.E_VALIDATION_ERROR) {
    const errors = error.messages.map(({ field, rule, message }: any) => ({ field, rule, message }))
    return new Problem({ status: 422, code: 'validation_failed', detail: t('validation_failed'), errors })
  }
  if (error instanceof ModuleOffException) return new Problem({ status: 503, code: 'off', detail: error.message })
  const { code } = error as { code?: string }
  if (code === 'E_ROUTE_NOT_FOUND') return new Problem({ status: 404, code: 'not_found', detail: t('not_found') })
  return new Problem({ status: 500, code: 'internal_error', detail: t('internal_error') })
}

const t = (key: string) => i18nManager.locale(i18nManager.defaultLocale).t(`api.problems.${key}`)
