/** Pixels: sharp on a phone, and some two kilobytes. */
const WIDTH = 512

/** The text as a QR code, PNG. The library is loaded by the first who wants one. */
export async function qrCode(text: string): Promise<Buffer> {
  const { default: qr } = await import('qrcode')
  return qr.toBuffer(text, { type: 'png', width: WIDTH, margin: 4, errorCorrectionLevel: 'M' })
}
