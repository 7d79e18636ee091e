import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CreateLinkCode } from '#staff/actions/create_link_code'
import { UnlinkAdminTelegram } from '#staff/actions/unlink_admin_telegram'
import { flashSecret } from '#admin/shared/one_time_flash'
import { flashFieldRefusal, flashResult } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'
import { passwordValidator } from '#admin/profile/validators/profile'

export interface LinkCode {
  code: string
  expiresAt: number
}

@inject()
export default class TelegramLinksController {
  constructor(
    private createLinkCode: CreateLinkCode,
    private unlinkAdminTelegram: UnlinkAdminTelegram
  ) {}

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const { password } = await request.validateUsing(passwordValidator)
    const result = await this.createLinkCode.handle({ adminId: auth.getUserOrFail().id, password })
    if (result.ok) flashSecret(ctx, 'link_code', result.value)
    else flashFieldRefusal(ctx, 'password', refusalText(result.refusal))
    return response.redirect().toPath('/admin/profile#telegram')
  }

  async destroy(ctx: HttpContext) {
    const { auth, actor, response } = ctx
    const result = await this.unlinkAdminTelegram.handle({ adminId: auth.getUserOrFail().id, actor })
    flashResult(ctx, result, panelText('profile.telegram.unlinked'))
    return response.redirect().toPath('/admin/profile')
  }
}
