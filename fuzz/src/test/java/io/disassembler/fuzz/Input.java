package io.disassembler.fuzz;

import java.io.IOException;
import java.util.Locale;

/** What is read of strangers. */
enum Input {
  NETWORK("network.onnx") {
    @Override
    Target target(Bench bench) throws IOException {
      return new NetworkTarget(bench);
    }
  },
  PROFILE("profile.h5") {
    @Override
    Target target(Bench bench) {
      return new ProfileTarget(bench);
    }
  },
  CARD("card.yaml") {
    @Override
    Target target(Bench bench) {
      return new CardTarget(bench);
    }
  },
  PLAN("plan.json") {
    @Override
    Target target(Bench bench) {
      return new PlanTarget(bench);
    }
  },
  SAFETENSORS("weights.safetensors") {
    @Override
    Target target(Bench bench) {
      return new SafeTensorsTarget(bench);
    }
  },
  COCO("coco.json") {
    @Override
    Target target(Bench bench) {
      return new CocoTarget(bench);
    }
  },
  NIFTI("volume.nii") {
    @Override
    Target target(Bench bench) {
      return new NiftiTarget(bench);
    }
  };

  private final String file;

  Input(String file) {
    this.file = file;
  }

  /** What a file of it is called. */
  String file() {
    return file;
  }

  /** What it is called, as an argument and a folder. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Input of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** What uses it, beside what {@code bench} holds. */
  abstract Target target(Bench bench) throws IOException;
}
