package io.disassembler.cli;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Network;
import java.nio.file.Path;

/**
 * A model as commands work on it.
 *
 * @param file where it came from
 * @param source the network as the file has it
 * @param input its image input
 * @param anatomy the network taken apart at that input's shape
 */
record LoadedModel(Path file, Network source, NetworkInput input, Anatomy anatomy) {}
