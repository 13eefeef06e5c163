package io.disassembler.data;

/**
 * What a JPEG file says of its colours.
 *
 * @param components colour channels; 0 if the file is no JPEG
 * @param ycck whether Adobe's marker says that four channels are luma, chroma and black
 */
record JpegHeader(int components, boolean ycck) {
  private static final int START_OF_SCAN = 0xda;
  private static final int ADOBE = 0xee;
  private static final int ADOBE_YCCK = 2;

  static JpegHeader of(byte[] file) {
    int components = 0;
    boolean ycck = false;
    int at = 2;
    boolean jpeg = file.length > at && unsigned(file, 0) == 0xff && unsigned(file, 1) == 0xd8;
    while (jpeg && at + 9 < file.length && unsigned(file, at) == 0xff) {
      int marker = unsigned(file, at + 1);
      if (marker == START_OF_SCAN) {
        break;
      }
      if (marker == 0xff) {
        at++;
        continue;
      }
      if (isFrame(marker)) {
        components = unsigned(file, at + 9);
      }
      ycck |= marker == ADOBE && isYcck(file, at);
      at += 2 + (unsigned(file, at + 2) << 8 | unsigned(file, at + 3));
    }
    return new JpegHeader(components, ycck);
  }

  private static boolean isYcck(byte[] file, int at) {
    return at + 15 < file.length
        && unsigned(file, at + 4) == 'A'
        && unsigned(file, at + 5) == 'd'
        && unsigned(file, at + 15) == ADOBE_YCCK;
  }

  /** Start of a frame: any of the coding processes, but no table or arithmetic conditioning. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int unsigned(byte[] file, int at) {
    return file[at] & 0xff;
  }
}
