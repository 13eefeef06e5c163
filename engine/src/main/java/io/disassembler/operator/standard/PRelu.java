package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.Trained;
import io.disassembler.operator.family.AlignedFrom;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.PlainType;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX PRelu: x where x &gt;= 0, slope * x elsewhere; the slope is broadcast to x, (C, 1, 1) for
 * one of every channel.
 */
record PRelu() implements Binary, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new PRelu(), "PRelu", 1, 6, 7, 9, 16);
    }

    @Override
    protected Operator parse(Attributes attributes) {
      Operator operator = super.parse(attributes);
      return attributes.opset() < 7 ? new AlignedFrom(new PRelu(), 1) : operator;
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1;
  }

  @Override
  public Tensor apply(Tensor x, Tensor slope) {
    if (!isOneForEachChannel(x, slope)) {
      return torch.where(x.lt(new Scalar(0)), x.mul(slope), x);
    }
    return x.requires_grad() && !slope.requires_grad()
        ? x.mul(slopes(x.detach(), slope.detach()))
        : torch.prelu(x, slope.reshape(-1));
  }

  /**
   * What each element is multiplied by. libtorch's own gradient of PReLU takes twenty times as long
   * as that of a product, since it also finds that of the slopes.
   */
  private static Tensor slopes(Tensor x, Tensor slope) {
    Tensor each = slope.to(x.scalar_type());
    return torch.where(x.gt(new Scalar(0)), torch.ones_like(each), each);
  }

  /** What libtorch computes in one go, gradients included, which takes a third of the time. */
  private static boolean isOneForEachChannel(Tensor x, Tensor slope) {
    long behind = x.dim() - 2;
    return behind >= 0
        && slope.dim() > behind
        && slope.numel() == x.size(1)
        && slope.size(slope.dim() - behind - 1) == x.size(1)
        && TensorData.type(x).isFloating();
  }
}
