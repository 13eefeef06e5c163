package io.disassembler.boundary;

import io.disassembler.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operators that read and make whole numbers, with scales and zero points between their operands:
 * which operator on floats each stands for.
 */
final class QuantizedOperators {
  static final String MICROSOFT = "com.microsoft";

  /** What stands at a place among the inputs. */
  enum Role {
    /** Whole numbers, their scale, their zero point. */
    QUANTIZED,
    /** Scale and zero point of the result. */
    RESULT,
    /** An int32 bias in units of the product of the operands' scales. */
    BIAS,
    /** What it is in the operator on floats. */
    PLAIN
  }

  /**
   * One of them.
   *
   * @param plain the operator on floats
   * @param roles of the inputs, in their order; the last goes on to the end of the inputs
   */
  record Form(String name, String domain, String plain, List<Role> roles) {
    private static final int ALL_THREE = 3;

    /** Whether its second operand can be stored kernels. */
    boolean isLayer() {
      return List.of("Conv", "MatMul", "Gemm").contains(plain);
    }

    /** The index of the first input of {@code role}; negative if there is none. */
    int place(Role role) {
      int at = 0;
      for (Role each : roles) {
        if (each == role) {
          return at;
        }
        at += width(each);
      }
      return -1;
    }

    /** How many inputs {@code role} takes. */
    static int width(Role role) {
      return switch (role) {
        case QUANTIZED -> ALL_THREE;
        case RESULT -> 2;
        case BIAS, PLAIN -> 1;
      };
    }
  }

  private static final List<Role> ONE = List.of(Role.QUANTIZED, Role.RESULT);
  private static final List<Role> TWO = List.of(Role.QUANTIZED, Role.QUANTIZED, Role.RESULT);
  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          form("QLinearConv", "", "Conv", append(TWO, Role.BIAS)),
          form("QLinearMatMul", "", "MatMul", TWO),
          form(
              "QGemm",
              MICROSOFT,
              "Gemm",
              List.of(Role.QUANTIZED, Role.QUANTIZED, Role.BIAS, Role.RESULT)),
          form("QLinearAdd", MICROSOFT, "Add", TWO),
          form("QLinearMul", MICROSOFT, "Mul", TWO),
          form("QLinearWhere", MICROSOFT, "Where", append(List.of(Role.PLAIN), TWO)),
          form("QLinearConcat", MICROSOFT, "Concat", List.of(Role.RESULT, Role.QUANTIZED)),
          form("QLinearSigmoid", MICROSOFT, "Sigmoid", ONE),
          form("QLinearLeakyRelu", MICROSOFT, "LeakyRelu", ONE),
          form("QLinearSoftmax", MICROSOFT, "Softmax", ONE),
          form("QLinearAveragePool", MICROSOFT, "AveragePool", ONE),
          form("QLinearGlobalAveragePool", MICROSOFT, "GlobalAveragePool", ONE));

  private QuantizedOperators() {}

  /** The form of {@code node}; empty if it is none of these. */
  static Optional<Form> of(Node node) {
    return named(node.operator()).filter(form -> form.domain().equals(node.domain()));
  }

  /** The form called {@code name}. */
  static Optional<Form> named(String name) {
    return Optional.ofNullable(FORMS.get(name));
  }

  /** The axis of a layer's stored weight along which its scales may differ: that of its kernels. */
  static int kernelAxis(Node plain, int rank) {
    return switch (plain.operator()) {
      case "Conv" -> 0;
      case "ConvTranspose" -> 1;
      case "Gemm" -> isTransposed(plain) ? 0 : 1;
      default -> rank - 1;
    };
  }

  private static boolean isTransposed(Node gemm) {
    return gemm.attributes().get("transB") instanceof io.disassembler.graph.Attribute.Int flag
        && flag.value() != 0;
  }

  private static Map.Entry<String, Form> form(
      String name, String domain, String plain, List<Role> roles) {
    return Map.entry(name, new Form(name, domain, plain, roles));
  }

  private static List<Role> append(List<Role> roles, Role last) {
    return append(roles, List.of(last));
  }

  private static List<Role> append(List<Role> first, List<Role> then) {
    return java.util.stream.Stream.concat(first.stream(), then.stream()).toList();
  }
}
