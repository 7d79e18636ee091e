import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import { Exception } from '@adonisjs/core/exceptions'
import { errors as bouncerErrors } from '@adonisjs/bouncer'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { errors as limiterErrors } from '@adonisjs/limiter'
import { errors as shieldErrors } from '@adonisjs/shield'
import type { HttpError, StatusPageRange, StatusPageRenderer } from '@adonisjs/core/types/http'
import { ErrorReporter } from '#core/contracts/error_reporter'
import { answerProblem, isForPrograms } from '#core/exceptions/answer_problem'
import { ModuleOffException } from '#core/exceptions/module_off'
import { redactError } from '#core/redaction'
import { UPLOAD_LIMIT_BYTES } from '#config/bodyparser'
import { UNFLASHED } from '#core/exceptions/unflashed'

const MEGABYTE = 1024 * 1024

/** Turns whatever was thrown into an answer that says what happened and what to do: never a stack in production. */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  protected statusPages: Record<StatusPageRange, StatusPageRenderer> = {
    '403': (error, { view }) => view.render('errors/forbidden', { message: error.message }),
    '404': (_error, { view }) => view.render('errors/not_found'),
    '413': (error, ctx) => ctx.view.render('errors/too_large', { message: error.message, back: pageBefore(ctx) }),
    '419': (error, ctx) => ctx.view.render('errors/expired', { message: error.message, back: pageBefore(ctx) }),
    '429': (error, ctx) => ctx.view.render('errors/too_many', { message: error.message, back: pageBefore(ctx) }),
    '503': renderServerError,
    ...(app.inDev ? {} : { '500..502': renderServerError, '504..599': renderServerError }),
  }
  protected renderStatusPages = true

  async handle(error: unknown, ctx: HttpContext) {
    if (isForPrograms(ctx)) return answerProblem(error, ctx)
    const refusal = refusalOf(error, ctx)
    return refusal ? this.renderError(refusal as HttpError, ctx) : super.handle(redactError(error), ctx)
  }

  /** Failures of ours are counted, and alerted when they are many; what the client did wrong is only logged. */
  async report(error: unknown, ctx: HttpContext) {
    const { status = 500 } = error as HttpError
    if (status < 500 || error instanceof ModuleOffException) return super.report(error, ctx)
    const reporter = await app.container.make(ErrorReporter)
    const { method, route } = { method: ctx.request.method(), route: ctx.route?.pattern }
    reporter.report(error, 'system', { request_id: ctx.request.id(), method, route })
  }

  async renderValidationErrorAsHTML(error: HttpError, ctx: HttpContext) {
    ctx.session.flashValidationErrors(error, false)
    ctx.session.flashExcept(UNFLASHED)
    ctx.response.redirect('back', true)
  }
}

/** In development other failures show their stack. */
function renderServerError(error: unknown, { view, request }: HttpContext) {
  if (error instanceof ModuleOffException) return view.render('errors/off', { message: error.message })
  return view.render('errors/server_error', { requestId: request.id() })
}

/** Errors that would answer with a redirect back, which hides the refusal from logs and programs: they get a page. */
function refusalOf(error: unknown, ctx: HttpContext): Exception | undefined {
  if (error instanceof bouncerErrors.E_AUTHORIZATION_FAILURE) {
    return new Exception(error.getResponseMessage(ctx), { status: 403, code: error.code })
  }
  if (error instanceof shieldErrors.E_BAD_CSRF_TOKEN) {
    return new Exception(t('errors.expired.text'), { status: 419, code: error.code })
  }
  if (error instanceof Exception && error.code === 'E_REQUEST_ENTITY_TOO_LARGE') {
    const limit = Math.floor(UPLOAD_LIMIT_BYTES / MEGABYTE)
    return new Exception(t('errors.too_large.text', { limit }), { status: 413, code: error.code })
  }
  if (error instanceof limiterErrors.E_TOO_MANY_REQUESTS) {
    const seconds = Math.max(1, Math.ceil(error.response.availableIn))
    ctx.response.header('retry-after', seconds)
    return new Exception(t('errors.too_many.text', { seconds }), { status: 429, code: error.code })
  }
}

const t = (key: string, data?: Record<string, number>) => i18nManager.locale(i18nManager.defaultLocale).t(key, data)

const pageBefore = ({ response }: HttpContext) => response.redirect().getPreviousUrl('/admin')
