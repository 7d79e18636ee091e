import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RevokeApiKey } from '#staff/actions/revoke_api_key'
import ApiKey from '#staff/models/api_key'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

@inject()
export default class RevocationsController {
  constructor(private revoke: RevokeApiKey) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const { id } = await ApiKey.findOrFail(ctx.params.id)
    const result = await this.revoke.handle({ apiKeyId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('api.keys.revoked_done'))
    return ctx.response.redirect().toPath(`/admin/api/keys/${id}`)
  }
}
