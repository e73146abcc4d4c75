/** Where in an S3 the bytes of documents are. `prefix` is empty, or ends with a slash. */
export type S3Place = { bucket: string; prefix: string };

/** Where the bytes of documents are kept: a folder, or a bucket, by way of that folder. */
export type DocumentsPlace = { folder: string; s3?: S3Place | undefined };

/** `s3://BUCKET` or `s3://BUCKET/PREFIX`: a bucket's name as S3 takes it, and a prefix of plain names; nothing where it is neither. */
export function s3PlaceOf(url: string): S3Place | undefined {
  const [, bucket, path = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9_-][\w.-]*)*)\/?$/.exec(url) ?? [];
  return bucket ? { bucket, prefix: path ? `${path.slice(1)}/` : '' } : undefined;
}
