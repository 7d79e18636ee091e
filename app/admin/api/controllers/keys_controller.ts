import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { INTEGRATION_EVENTS } from '#core/contracts/integration_events'
import type { Refusal } from '#core/result'
import { CreateApiKey } from '#staff/actions/create_api_key'
import { UpdateApiKey } from '#staff/actions/update_api_key'
import { parseNetworks } from '#staff/api_keys/networks'
import { REQUESTS_A_MINUTE } from '#staff/api_keys/rate'
import { API_SCOPES } from '#staff/api_keys/scopes'
import ApiKey from '#staff/models/api_key'
import { keysList } from '#admin/api/lists/keys_list'
import { boxOf, checkedOf, keyValidator } from '#admin/api/validators/api_validators'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { flashedSecret, flashSecret } from '#admin/shared/one_time_flash'
import { renderList } from '#admin/shared/render_list'
import { panelText, refusalText } from '#admin/shared/words'

/** Keys of programs. A token and a secret of a webhook are shown on the page that follows their making, and never again. */
@inject()
export default class KeysController {
  constructor(
    private clock: Clock,
    private createKey: CreateApiKey,
    private updateKey: UpdateApiKey
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    return renderList(ctx, keysList, 'admin/api/index', this.clock.now())
  }

  async create({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'api.keys')
    return view.render('admin/api/create', { scopes: API_SCOPES, boxOf })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const result = await this.createKey.handle(await this.#input(ctx), ctx.actor)
    if (!result.ok) return this.#refuse(ctx, result.refusal, '/admin/api/keys/create')
    const { key, token } = result.value
    ctx.session.flash('success', panelText('api.keys.done'))
    flashSecret(ctx, 'api_token', token)
    return ctx.response.redirect().toPath(`/admin/api/keys/${key.id}`)
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const key = await ApiKey.findOrFail(ctx.params.id)
    return ctx.view.render('admin/api/show', {
      key,
      boxOf,
      limit: REQUESTS_A_MINUTE,
      scopes: API_SCOPES,
      events: INTEGRATION_EVENTS,
      token: flashedSecret<string>(ctx, 'api_token'),
      webhookSecret: flashedSecret<string>(ctx, 'webhook_secret'),
    })
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const { id } = await ApiKey.findOrFail(ctx.params.id)
    const result = await this.updateKey.handle({ ...(await this.#input(ctx)), apiKeyId: id, actor: ctx.actor })
    if (!result.ok) return this.#refuse(ctx, result.refusal, `/admin/api/keys/${id}`)
    ctx.session.flash('success', panelText('api.keys.saved'))
    return ctx.response.redirect().toPath(`/admin/api/keys/${id}`)
  }

  async #input({ request }: HttpContext) {
    const input = await request.validateUsing(keyValidator)
    const scopes = checkedOf('scope', API_SCOPES, input)
    return { name: input.name, scopes, allowedIps: parseNetworks(input.allowed_ips ?? '') }
  }

  #refuse(ctx: HttpContext, refusal: Refusal, path: string) {
    const field =
      refusal.code === 'scope_required' ? 'scopes' : refusal.code === 'name_required' ? 'name' : 'allowed_ips'
    flashFieldRefusal(ctx, field, refusalText(refusal))
    return ctx.response.redirect().toPath(path)
  }
}
