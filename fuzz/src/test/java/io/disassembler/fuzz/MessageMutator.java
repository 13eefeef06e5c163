package io.disassembler.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Changes fields of protobuf messages, whatever they are: numbers, names, elements of lists, whole
 * messages, also for those of other files.
 */
final class MessageMutator {
  private final Map<Descriptor, List<Message>> messages = new HashMap<>();
  private final List<String> texts = new ArrayList<>();

  /**
   * @param sources of the names and messages that others are replaced with
   */
  MessageMutator(List<? extends Message> sources) {
    sources.forEach(this::collect);
  }

  private void collect(Message message) {
    messages
        .computeIfAbsent(message.getDescriptorForType(), type -> new ArrayList<>())
        .add(message);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              for (Object element : field.isRepeated() ? (List<?>) value : List.of(value)) {
                if (element instanceof Message inner) {
                  collect(inner);
                } else if (element instanceof String text) {
                  texts.add(text);
                }
              }
            });
  }

  /** {@code message} with one to three fields changed. */
  Message mutant(Message message, RandomGenerator random) {
    Message.Builder builder = message.toBuilder();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<Message.Builder> all = new ArrayList<>();
      gather(builder, all);
      Message.Builder chosen = Damage.pick(all, random);
      FieldDescriptor field = Damage.pick(chosen.getDescriptorForType().getFields(), random);
      if (field.isRepeated()) {
        changeList(chosen, field, random);
      } else if (random.nextInt(5) == 0) {
        chosen.clearField(field);
      } else {
        chosen.setField(field, value(chosen, field, chosen.getField(field), random));
      }
    }
    return builder.buildPartial();
  }

  private static void gather(Message.Builder builder, List<Message.Builder> all) {
    all.add(builder);
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
          gather(builder.getRepeatedFieldBuilder(field, i), all);
        }
      } else if (builder.hasField(field)) {
        gather(builder.getFieldBuilder(field), all);
      }
    }
  }

  private void changeList(Message.Builder builder, FieldDescriptor field, RandomGenerator random) {
    List<Object> elements = new ArrayList<>((List<?>) builder.getField(field));
    int at = elements.isEmpty() ? 0 : random.nextInt(elements.size());
    int what = elements.isEmpty() ? 0 : random.nextInt(6);
    switch (what) {
      case 0 ->
          elements.add(
              at, value(builder, field, elements.isEmpty() ? "" : elements.get(at), random));
      case 1 -> elements.remove(at);
      case 2 -> elements.add(elements.get(at));
      case 3 -> elements.add(elements.remove(at));
      default -> elements.set(at, value(builder, field, elements.get(at), random));
    }
    builder.setField(field, elements);
  }

  private Object value(
      Message.Builder of, FieldDescriptor field, Object old, RandomGenerator random) {
    return switch (field.getJavaType()) {
      case INT ->
          old instanceof Integer n && random.nextBoolean()
              ? n + step(random)
              : (int) Damage.whole(random);
      case LONG ->
          old instanceof Long n && random.nextBoolean() ? n + step(random) : Damage.whole(random);
      case FLOAT -> (float) Damage.real(random);
      case DOUBLE -> Damage.real(random);
      case BOOLEAN -> random.nextBoolean();
      case STRING ->
          random.nextInt(4) == 0 ? encodable(Damage.text(random)) : Damage.pick(texts, random);
      case BYTE_STRING ->
          ByteString.copyFrom(
              Damage.of(
                  old instanceof ByteString bytes ? bytes.toByteArray() : new byte[4], random));
      case ENUM -> Damage.pick(field.getEnumType().getValues(), random);
      case MESSAGE ->
          Damage.pick(
              messages.getOrDefault(
                  field.getMessageType(), List.of(of.newBuilderForField(field).buildPartial())),
              random);
    };
  }

  /** Protobuf's texts are UTF-8. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static int step(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
