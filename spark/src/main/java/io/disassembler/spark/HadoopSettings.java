package io.disassembler.spark;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The driver's settings of Hadoop, to be sent to executors: Hadoop's own type cannot be. */
record HadoopSettings(LinkedHashMap<String, String> values) implements Serializable {

  static HadoopSettings of(Configuration configuration) {
    LinkedHashMap<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      values.put(entry.getKey(), entry.getValue());
    }
    return new HadoopSettings(values);
  }

  Configuration configuration() {
    Configuration configuration = new Configuration(false);
    values.forEach(configuration::set);
    return configuration;
  }
}
