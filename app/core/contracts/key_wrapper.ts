/** Encrypts small secrets at rest; the ciphertext names its key, so that keys rotate with an overlap. */
export abstract class KeyWrapper {
  /** `purpose` binds the ciphertext to its place: it can't be decrypted elsewhere. */
  abstract wrap(plaintext: string, purpose: string): string
  abstract unwrap(ciphertext: string, purpose: string): string
  /** Whether the key that closes now closed it: one of the old ones otherwise. */
  abstract isCurrent(ciphertext: string): boolean
}
