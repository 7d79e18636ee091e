import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RewindListener } from '#chain/actions/rewind_listener'
import { Chain } from '#chain/chain_config'
import { rewindValidator } from '#admin/chain/validators/chain_validators'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** Lets the listener read again from a block on. */
@inject()
export default class RewindsController {
  constructor(
    private chain: Chain,
    private rewindListener: RewindListener
  ) {}

  async store(ctx: HttpContext) {
    const { bouncer, request, response, session } = ctx
    await bouncer.authorize('permission', 'chain.manage')
    const { block } = await request.validateUsing(rewindValidator)
    const done = this.chain.config && (await this.rewindListener.run({ block, actor: ctx.actor }))
    if (!done) session.flash('error', refusalText({ code: 'chain_off' }))
    else if (done.ok) session.flash('success', panelText('chain.rewinds.done'))
    else flashFieldRefusal(ctx, 'block', refusalText(done.refusal))
    return response.redirect().toPath('/admin/chain')
  }
}
