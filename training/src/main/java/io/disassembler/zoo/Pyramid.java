package io.disassembler.zoo;

import java.util.List;

/**
 * What a backbone offers to a head.
 *
 * @param stages feature maps from the finest to the deepest
 * @param auxiliary where torchvision attaches the auxiliary head: the stage before the deepest
 */
record Pyramid(List<Features> stages, Features auxiliary) {

  Pyramid {
    stages = List.copyOf(stages);
  }

  Features deepest() {
    return stages.get(stages.size() - 1);
  }
}
