import { packCallback, unpackCallback, type Origin } from '#bot/callback_data/callback_data'
import type { Field } from '#bot/callback_data/fields'

type Fields = Record<string, Field<any>>
export type CallbackValues<F extends Fields> = { [N in keyof F]: F[N] extends Field<infer T> ? T : never }

/** The data of one kind of button: packed where the button is drawn, validated where it is pressed. */
export interface CallbackDefinition<F extends Fields> {
  readonly action: string
  pack(values: CallbackValues<F>, origin?: Origin): string
  /** Null unless every field is what it should be. */
  unpack(data: string): CallbackValues<F> | null
}

export function defineCallback<F extends Fields = {}>(action: string, fields: F = {} as F): CallbackDefinition<F> {
  const names = Object.keys(fields)
  return {
    action,
    pack: (values, origin = 'screen') =>
      packCallback({ origin, action, args: names.map((name) => String(values[name])) }),
    unpack(data) {
      const packed = unpackCallback(data)
      if (packed?.action !== action || packed.args.length !== names.length) return null
      const values = names.map((name, index) => [name, fields[name].parse(packed.args[index])])
      return values.some(([, value]) => value === undefined) ? null : Object.fromEntries(values)
    },
  }
}
