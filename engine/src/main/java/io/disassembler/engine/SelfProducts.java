package io.disassembler.engine;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sums of the products of channels with each other. */
public final class SelfProducts {
  private SelfProducts() {}

  /**
   * X^T X, of which only one half is computed, on the CPU.
   *
   * @param rows X, a row of channels for each pixel: (P, C), float64
   * @return (C, C), symmetric
   */
  public static Tensor of(Tensor rows) {
    if (!rows.is_cpu()) {
      return rows.t().mm(rows);
    }
    Tensor dense = rows.contiguous();
    int channels = Math.toIntExact(dense.size(1));
    Tensor products = torch.zeros(new long[] {channels, channels}, dense.options());
    if (dense.numel() > 0) {
      openblas_nolapack.cblas_dsyrk(
          openblas_nolapack.CblasRowMajor,
          openblas_nolapack.CblasUpper,
          openblas_nolapack.CblasTrans,
          channels,
          Math.toIntExact(dense.size(0)),
          1,
          new DoublePointer(dense.data_ptr_double()),
          channels,
          0,
          new DoublePointer(products.data_ptr_double()),
          channels);
    }
    return products.triu().add(products.triu(1).t());
  }
}
