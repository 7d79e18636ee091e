import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ChangeFragmentWallet } from '#stars/actions/change_fragment_wallet'
import { fragmentWalletValidator } from '#admin/stars/validators/fragment_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** The wallet that pays Fragment: its words go to the key vault and are never shown again. */
@inject()
export default class FragmentWalletsController {
  constructor(private changeFragmentWallet: ChangeFragmentWallet) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.provider')
    const { mnemonic } = await ctx.request.validateUsing(fragmentWalletValidator)
    const result = await this.changeFragmentWallet.handle({ mnemonic, actor: ctx.actor })
    flashResult(ctx, result, panelText('stars.fragment.wallet.changed'))
    return ctx.response.redirect().toPath('/admin/stars/fragment')
  }
}
