package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.profile.Profile;

/**
 * What channels are selected from: those of the full network, or those of one that computes the
 * same in others.
 *
 * @param anatomy of the network
 * @param profile of it; attributions are of the full network's channels
 * @param principal whether channels lie along principal axes where they can
 * @param resolution of the images that it works on, as a share of each side of the full network's;
 *     1 for the full network's own
 */
public record Basis(Anatomy anatomy, Profile profile, boolean principal, double resolution) {

  /** The full network's own channels. */
  public static Basis asIs(Anatomy anatomy, Profile profile) {
    return new Basis(anatomy, profile, false, 1);
  }
}
