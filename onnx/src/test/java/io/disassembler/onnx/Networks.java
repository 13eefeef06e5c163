package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Network;

/** Compares networks part by part; they have no equality of their own. */
final class Networks {
  private Networks() {}

  static void assertEqual(Network actual, Network expected) {
    assertThat(actual.irVersion()).isEqualTo(expected.irVersion());
    assertThat(actual.opsets()).containsExactlyEntriesOf(expected.opsets());
    assertThat(actual.metadata()).containsExactlyEntriesOf(expected.metadata());
    assertThat(actual.inputs()).isEqualTo(expected.inputs());
    assertThat(actual.outputs()).isEqualTo(expected.outputs());
    assertThat(actual.annotations()).containsExactlyEntriesOf(expected.annotations());
    assertThat(actual.nodes()).isEqualTo(expected.nodes());
    assertThat(actual.weights().keySet()).containsExactlyElementsOf(expected.weights().keySet());
    // Compared one by one: a failure must not print a million numbers.
    expected
        .weights()
        .forEach(
            (name, weight) ->
                assertThat(actual.weight(name).filter(weight::equals)).as(name).isPresent());
    assertThat(actual.modelExtra()).isEqualTo(expected.modelExtra());
    assertThat(actual.graphExtra()).isEqualTo(expected.graphExtra());
  }
}
