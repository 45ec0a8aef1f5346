package org.bellmanrl.results.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void text_writesEveryKindOfValue() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", "\"\\\n\u0001é");
    map.put("b", List.of(1L, 2.5, true));
    map.put("c", null);
    map.put("d", Double.NaN);
    map.put("e", Map.of("f", 1));
    assertThat(Json.text(map))
        .isEqualTo(
            """
            {
              "a": "\\"\\\\\\n\\u0001é",
              "b": [1, 2.5, true],
              "c": null,
              "d": null,
              "e": {
                "f": 1
              }
            }\
            """);
  }
}
