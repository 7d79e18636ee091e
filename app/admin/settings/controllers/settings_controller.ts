import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Settings } from '#core/contracts/settings'
import type { Permission } from '#staff/roles'
import { ChangeSettings } from '#system/actions/change_settings'
import { changesOf, errorsOf, fieldOf } from '#admin/settings/settings_form'
import { SettingImages } from '#admin/settings/setting_images'
import { panelText } from '#admin/shared/words'

/** Every setting that a room declares, by its group. */
@inject()
export default class SettingsController {
  constructor(
    private settings: Settings,
    private changeSettings: ChangeSettings,
    private images: SettingImages
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'settings.view')
    const groups = []
    for (const name of this.#groups()) groups.push({ name, fields: await this.#fieldsOf(name) })
    return view.render('admin/settings/index', { groups })
  }

  async update(ctx: HttpContext) {
    const { actor, bouncer, params, response, session } = ctx
    await bouncer.authorize('permission', 'settings.edit')
    const definitions = this.#definitionsOf(params.group)
    if (definitions.length === 0) return response.redirect().toPath('/admin/settings')

    const { input, errors } = await this.images.read(ctx, definitions)
    if (Object.keys(errors).length > 0) return this.#refuse(ctx, errors)
    const changes = changesOf(definitions, input)
    for (const { definition } of changes) {
      if (definition.permission) await bouncer.authorize('permission', definition.permission as Permission)
    }
    const result = await this.changeSettings.handle({ group: params.group, changes, actor })
    if (!result.ok) return this.#refuse(ctx, errorsOf(result.refusal.faults))
    session.flash('success', panelText('settings.saved', { count: result.value.length }))
    return response.redirect().toPath(`/admin/settings#${params.group}`)
  }

  #refuse({ params, response, session }: HttpContext, errors: Record<string, string[]>) {
    session.flashAll()
    session.flash('inputErrorsBag', errors)
    return response.redirect().toPath(`/admin/settings#${params.group}`)
  }

  #groups() {
    return [...new Set(this.settings.definitions().map(({ group }) => group))].sort()
  }

  #definitionsOf(group: string) {
    return this.settings.definitions().filter((definition) => definition.group === group)
  }

  #fieldsOf(group: string) {
    return Promise.all(
      this.#definitionsOf(group).map(async (definition) => fieldOf(definition, await this.settings.get(definition)))
    )
  }
}
