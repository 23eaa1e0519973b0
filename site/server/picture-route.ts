/** The picture that social networks show beside a link to the page. */
import { expirePicture, type PictureView, pictureView } from '#monitor/views/picture.ts';
import { PAPER, PICTURE_HEIGHT, PICTURE_WIDTH, pictureSvg } from '../documents/picture.ts';
import type { DocumentRoute } from './document-presenter.ts';
import { pngOf } from './picture-maker.ts';
import { plainPng } from './plain-png.ts';

export const pictureRoute: DocumentRoute = {
  pattern: '/og.png',
  type: 'image/png',
  view: pictureView,
  expire: (view) => expirePicture(view as PictureView),
  draw: (view, chrome) => pngOf(pictureSvg(view as PictureView, chrome)),
  blank: () => plainPng(PICTURE_WIDTH, PICTURE_HEIGHT, PAPER),
};
