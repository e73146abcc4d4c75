import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Holds PDFs to a standard: `Held ua1 A.pdf B.pdf a3a C.pdf`. Names each rule that one breaks, and how often. */
public class Held {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = null;
    int held = 0;
    int broken = 0;
    for (String arg : args) {
      if (!arg.endsWith(".pdf")) {
        flavour = switch (arg) {
          case "ua1" -> PDFAFlavour.PDFUA_1;
          case "a3a" -> PDFAFlavour.PDFA_3_A;
          default -> throw new IllegalArgumentException(arg);
        };
        continue;
      }
      var foundry = Foundries.defaultInstance();
      try (var in = new FileInputStream(arg);
          var parser = foundry.createParser(in, flavour);
          var validator = foundry.createValidator(flavour, false)) {
        var result = validator.validate(parser);
        var rules = new TreeMap<String, Integer>();
        for (var one : result.getTestAssertions())
          if (one.getStatus() == TestAssertion.Status.FAILED)
            rules.merge(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber() + " " + one.getMessage(), 1, Integer::sum);
        System.out.println((result.isCompliant() ? "held    " : "broken  ") + flavour.getId() + "  " + arg);
        rules.forEach((rule, times) -> System.out.println("        " + times + " times " + rule));
        if (result.isCompliant()) held++;
        else broken++;
      }
    }
    System.out.println(held + " passed, " + broken + " failed");
    if (broken > 0 || held == 0) System.exit(1);
  }
}
