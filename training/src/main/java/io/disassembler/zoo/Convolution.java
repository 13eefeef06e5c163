package io.disassembler.zoo;

/**
 * The geometry of a convolution with a square kernel whose padding keeps the size at stride 1.
 *
 * @param out number of kernels
 * @param kernel height and width of a kernel, odd
 */
record Convolution(int out, int kernel, int stride, int dilation, int group) {

  /** A convolution at stride 1 without dilation. */
  static Convolution of(int out, int kernel) {
    return new Convolution(out, kernel, 1, 1, 1);
  }

  Convolution stride(int other) {
    return new Convolution(out, kernel, other, dilation, group);
  }

  Convolution dilation(int other) {
    return new Convolution(out, kernel, stride, other, group);
  }

  /** Each channel convolved by itself. */
  Convolution depthwise() {
    return new Convolution(out, kernel, stride, dilation, out);
  }

  int padding() {
    return (kernel - 1) / 2 * dilation;
  }
}
