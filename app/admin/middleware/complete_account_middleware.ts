import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Settings } from '#core/contracts/settings'
import { missingStep, type MissingStep } from '#staff/complete_account'
import { panelText } from '#admin/shared/words'

const LEAVE = 'admin.logout'
const CHANGE_PASSWORD = ['admin.profile.password', 'admin.profile.password.update']
const ENROL = ['admin.profile.two_factor', 'admin.profile.two_factor.begin', 'admin.profile.two_factor.store']

/** The page of each step, what it says, and every route that is open until it is done. */
const STEPS: Record<MissingStep, { path: string; text: string; open: string[] }> = {
  password: {
    path: '/admin/profile/password',
    text: 'profile.password.must_change',
    open: [LEAVE, ...CHANGE_PASSWORD],
  },
  second_factor: {
    path: '/admin/profile/two-factor',
    text: 'profile.two_factor.must_enrol',
    open: [LEAVE, ...CHANGE_PASSWORD, ...ENROL],
  },
}

/** Sends an admin to what they must do first: choose an own password, enrol a second factor. */
@inject()
export default class CompleteAccountMiddleware {
  constructor(private settings: Settings) {}

  async handle({ auth, request, response, route, session }: HttpContext, next: NextFn) {
    const missing = await missingStep(auth.getUserOrFail(), this.settings)
    if (missing === null) return next()
    const { path, text, open } = STEPS[missing]
    if (open.includes(route?.name ?? '')) return next()

    const message = panelText(text)
    if (request.accepts(['html', 'json']) === 'json') return response.forbidden({ errors: [{ message }] })
    session.flash('warning', message)
    return response.redirect().toPath(path)
  }
}
