import { Composer } from 'grammy'
import { ChangeAlertSubscription } from '#staff/actions/change_alert_subscription'
import type Admin from '#staff/models/admin'
import { actorOf, forAdmins, hasRight, onAdminCallback } from '#bot/admin/for_admins'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { adminData, alertsData, composeData, debugData, figuresData } from '#bot/screens/admin_data'
import { listKeyboard } from '#bot/screens/screen'

const anyAdmin = () => true
export const isOwner = (admin: Admin) => admin.role === 'owner'

/** What an admin can do from their own Telegram: each sees the buttons of their rights. */
export function adminFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.command('admin', forAdmins(anyAdmin, showAdmin))
  composer.use(onAdminCallback(adminData, anyAdmin, showAdmin))
  composer.use(
    onAdminCallback(alertsData, anyAdmin, async (ctx, admin, { on }) => {
      const change = await ctx.make(ChangeAlertSubscription)
      const result = await change.handle({ adminId: admin.id, receivesAlerts: on, actor: actorOf(admin) })
      if (result.ok) await showAdmin(ctx, result.value)
    })
  )
  return {
    composer,
    commands: [{ name: 'admin', audience: 'admins' }],
    menu: [
      {
        label: 'bot_admin.menu',
        data: adminData.pack({}),
        order: 950,
        isVisible: async (ctx) => (await ctx.admin()) !== null,
      },
    ],
  }
}

async function showAdmin(ctx: BotContext, admin: Admin) {
  const { receivesAlerts } = admin
  const buttons = [
    { right: 'dashboard.view' as const, label: 'bot_admin.figures_button', data: figuresData.pack({}) },
    { right: 'broadcasts.send' as const, label: 'bot_admin.compose_button', data: composeData.pack({}) },
    {
      right: anyAdmin,
      label: receivesAlerts ? 'bot_admin.alerts_on' : 'bot_admin.alerts_off',
      data: alertsData.pack({ on: !receivesAlerts }),
    },
    { right: isOwner, label: 'bot_admin.debug_button', data: debugData.pack({}) },
  ]
  const allowed = buttons.filter(({ right }) => hasRight(admin, right))
  const keyboard = listKeyboard(
    ctx,
    allowed.map(({ label, data }) => ({ text: ctx.label(label), data }))
  )
  const role = ctx.label(`bot_admin.roles.${admin.role.replace('-', '_')}`)
  await ctx.show({ text: ctx.t('bot_admin.admin', { name: admin.fullName, role }), keyboard })
}
