package io.disassembler.profile;

import io.disassembler.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Tells profiles apart by what they learned, whatever file they are in. */
final class ProfileDigest {
  private final MessageDigest digest;

  private ProfileDigest() {
    digest = Sha256.digest();
  }

  /** Of what selection and recovery go by. */
  static String sha256(Profile profile) {
    return Sha256.hex(of(profile).digest);
  }

  /** Of everything that a file of it holds, to find damage by. */
  static String checksum(Profile profile) {
    ProfileDigest all = of(profile);
    profile.contents().values().forEach(all::add);
    for (FeatureMap map : profile.maps()) {
      all.add(map.axis() + " " + profile.moments(map.name()).count());
    }
    for (int c = 0; c < profile.header().categories().size(); c++) {
      CategoryProfile category = profile.category(c);
      all.add(new double[] {category.images(), category.maskArea()});
      for (String map : profile.featureMaps()) {
        all.add(category.forwardSum(map));
        all.add(category.backwardSum(map));
        all.add(category.taylorSum(map));
      }
      for (AttributionExample example : category.examples()) {
        all.add(example.image());
        for (String map : profile.featureMaps()) {
          all.add(example.forward(map));
          all.add(example.backward(map));
        }
      }
    }
    return Sha256.hex(all.digest);
  }

  private static ProfileDigest of(Profile profile) {
    ProfileDigest all = new ProfileDigest();
    all.add(profile.header().toString());
    profile.images().forEach(all::add);
    for (String map : profile.featureMaps()) {
      all.add(map);
      all.add(profile.moments(map).sum());
      all.add(profile.moments(map).cross());
      all.add(profile.moments(map).positive());
      for (int c = 0; c < profile.header().categories().size(); c++) {
        all.add(profile.category(c).forward(map));
        all.add(profile.category(c).backward(map));
        all.add(profile.category(c).taylor(map));
      }
    }
    return all;
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private void add(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
  }

  private void add(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes);
  }

  private void add(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
  }
}
