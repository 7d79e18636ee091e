import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { SettingDefinition } from '#core/contracts/settings'
import { StoreSettingImage } from '#system/actions/store_setting_image'
import { fieldName } from '#admin/settings/settings_form'
import { refusalText } from '#admin/shared/words'

/** The files that a settings form carries: stored first, so that the form reads like any other. */
@inject()
export class SettingImages {
  constructor(private storeImage: StoreSettingImage) {}

  /** What the form posted, with the path of each new image in place of its file, and what is wrong with the files. */
  async read({ request }: HttpContext, definitions: SettingDefinition<any>[]) {
    const input = request.all()
    const errors: Record<string, string[]> = {}
    for (const definition of definitions.filter(({ kind }) => kind === 'image')) {
      const name = fieldName(definition.key)
      const upload = request.file(`${name}__file`)
      if (upload?.tmpPath) {
        const stored = await this.storeImage.handle({ file: upload.tmpPath })
        if (stored.ok) input[name] = stored.value
        else errors[name] = [refusalText(stored.refusal)]
      } else if (input[`${name}__remove`]) {
        input[name] = ''
      }
    }
    return { input, errors }
  }
}
