import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LANGUAGES } from '#customers/languages'
import { StoreImage } from '#notifications/actions/store_image'
import { IMAGE_LIMITS } from '#notifications/media/read_image'
import type { BroadcastProblem } from '#broadcasts/problems'
import { VARIANTS } from '#broadcasts/values'
import type { BroadcastForm } from '#admin/broadcasts/form/broadcast_form'
import { variantPath } from '#admin/broadcasts/form/field_names'
import { fileSize } from '#admin/shared/file_size'
import { findCustomerId } from '#admin/shared/find_customer'
import { readContent, readForm } from '#admin/broadcasts/form/read_form'
import { broadcastValidator, correctionValidator } from '#admin/broadcasts/validators/broadcast'

export interface PostedForm {
  form: BroadcastForm
  customerId: number | null
  /** Of the chosen files: the rest is for the domain to judge. */
  problems: BroadcastProblem[]
}

/** Reads a posted draft. A chosen image is stored at once, so that it survives whatever else is wrong. */
@inject()
export class PostedFormReader {
  constructor(private storeImage: StoreImage) {}

  async read(ctx: HttpContext): Promise<PostedForm> {
    const form = readForm(await ctx.request.validateUsing(broadcastValidator))
    return {
      form,
      problems: await this.#storeImages(form, ctx),
      customerId: await findCustomerId(form.audience.customer),
    }
  }

  /** The posted content in the form of what was sent. */
  async readCorrection(ctx: HttpContext, sent: BroadcastForm): Promise<PostedForm> {
    const form = readContent(sent, await ctx.request.validateUsing(correctionValidator))
    return { form, problems: await this.#storeImages(form, ctx), customerId: null }
  }

  async #storeImages(form: BroadcastForm, { actor, request }: HttpContext) {
    const problems: BroadcastProblem[] = []
    for (const locale of LANGUAGES) {
      for (const variant of VARIANTS) {
        const upload = request.file(`images.${locale}.${variant}`)
        if (!upload?.tmpPath) continue
        const stored = await this.storeImage.handle({ file: upload.tmpPath, name: upload.clientName, actor })
        if (stored.ok) form.variants[locale][variant].mediaKey = stored.value.key
        else problems.push({ field: `${variantPath(locale, variant)}.image`, ...inPeoplesUnits(stored.refusal) })
      }
    }
    return problems
  }
}

function inPeoplesUnits({ code, params }: { code: string; params?: BroadcastProblem['params'] }) {
  if (code !== 'image_too_large') return { code, params }
  return { code, params: { size: fileSize(Number(params!.size)), limit: fileSize(IMAGE_LIMITS.bytes) } }
}
