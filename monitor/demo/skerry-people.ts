/** Who works at Skerry: two of operations, two who look after customers. Invented; no public page names them. */
export const INES = 'Ines Haugland';
export const PAL = 'Pål Erstad';
export const MARA = 'Mara Quist';
export const DEV = 'Dev Ahlström';
