package io.disassembler.profile;

import java.util.SortedMap;

/**
 * A profile without what was learned.
 *
 * @param header of what and how it was made
 * @param images the content of each image by its name; see {@link Profile#content}; not copied
 */
record ProfileOutline(ProfileHeader header, SortedMap<String, Long> images) {}
