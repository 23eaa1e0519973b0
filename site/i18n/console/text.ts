/** Words of fields for longer texts. */
export const text = {
  preview: (field: string) => `Preview: ${field}`,
  asReadersSee: 'As readers will see it',
  previewButton: 'Preview',
} as const;
