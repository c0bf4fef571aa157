// The little of pdfmake 0.3 that pdf.ts uses; the package brings no types.
declare module 'pdfmake' {
  type Fonts = Record<string, { normal: string }>;
  interface PdfMake {
    setFonts(fonts: Fonts): void;
    setUrlAccessPolicy(allowed: (url: string) => boolean): void;
    setLocalAccessPolicy(allowed: (path: string) => boolean): void;
    createPdf(definition: Record<string, unknown>): { getBuffer(): Promise<Buffer> };
  }
  const pdfmake: PdfMake;
  export default pdfmake;
}
