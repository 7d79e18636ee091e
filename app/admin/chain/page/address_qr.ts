/** The address as a QR code: an SVG for the `src` of an image, which the CSP admits. Read by any wallet's camera. */
export async function addressQr(address: string): Promise<string> {
  const { default: qr } = await import('qrcode')
  const svg = await qr.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
