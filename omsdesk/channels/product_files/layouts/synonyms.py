"""What columns are called in product lists, in English, German, French, Spanish and Portuguese; best names first.

Written as ``folded`` gives them: small letters without accents, words parted by one space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from omsdesk.channels.product_files import trait_columns

_NAMES = {
    "id": (
        "id;product id;item id;external id;produkt id;produktid;artikel id;id produit;id article;id producto;"
        "id articulo;id produto;uuid"
    ),
    "name": (
        "name;product name;item name;product title;article name;title;product;item;produktname;artikelname;artikel;"
        "produkt;artikelbezeichnung;produktbezeichnung;bezeichnung;bezeichnung 1;titel;nom;nom du produit;"
        "nom de l article;nom produit;libelle;designation;produit;article;titre;nombre;nombre del producto;"
        "nombre producto;producto;articulo;titulo;nome;nome do produto;nome do artigo;produto;artigo;item description;"
        "article description;kurzbezeichnung;kurztext;description courte;descripcion corta;denominacion;designacao;"
        "short description;description;beschreibung;descripcion;descricao"
    ),
    "variant": (
        "variant;variation;variant name;variation name;option;size;variante;ausfuhrung;groesse;grosse;taille;"
        "declinaison;variacion;talla;tamano;variacao;tamanho;farbe;color;colour;couleur;cor"
    ),
    "brand": (
        "brand;brand name;manufacturer;maker;vendor;marke;hersteller;marque;fabricant;marca;fabricante;proveedor"
    ),
    "sku": (
        "sku;article number;article no;item number;item no;item code;product code;product number;stock code;stockcode;"
        "part number;artikelnummer;artikel nr;artikelnr;art nr;artnr;produktnummer;bestellnummer;reference;ref;"
        "ref produit;reference produit;reference interne;code article;code produit;referencia;ref interna;"
        "referencia interna;codigo de articulo;codigo articulo;codigo de producto;codigo producto;codigo interno;"
        "codigo do produto;codigo do artigo;codigo;internal reference;default code;code;kode;numero d article;plu"
    ),
    "codes": (
        "barcode;barcodes;bar code;ean;ean13;ean 13;ean code;gtin;gtin13;gtin 13;upc;upc a;upc code;upc ean;ean upc;"
        "ean gtin;gtin ean;isbn;isbn13;strichcode;barcode ean;eancode;code barre;code barres;code a barres;code ean;"
        "codes barres;codigo de barras;cod barras;codigo barras;codigo ean;codigo de barra;scan code"
    ),
    "pack_codes": (
        "pack barcode;case barcode;box barcode;carton barcode;outer barcode;case gtin;pack ean;case upc;karton ean;"
        "ean karton;ve ean;ean ve;gebinde ean;code barres colis;ean carton;codigo de barras caja;ean caja;"
        "codigo de barras da caixa;ean caixa"
    ),
    "pack_quantity": (
        "pack quantity;pack size;units per case;case quantity;units per pack;qty per case;case size;"
        "verpackungseinheit;ve menge;inhalt ve;ve;menge pro karton;quantite par colis;unites par colis;colisage;pcb;"
        "unidades por caja;unidades por caixa"
    ),
    "category": (
        "category;categories;product category;department;product group;group;product type;family;section;kategorie;"
        "kategorien;warengruppe;artikelgruppe;produktgruppe;abteilung;categorie;categories produit;rayon;famille;"
        "groupe;categoria;categorias;familia;departamento;seccion;grupo;secao;seccao;type"
    ),
    "unit": (
        "unit;unit of measure;uom;sold by;sales unit;measure;einheit;mengeneinheit;verkaufseinheit;me;unite;"
        "unite de mesure;unite de vente;unidad;unidad de medida;unidade;unidade de medida;un;und"
    ),
    "price": (
        "price;retail price;selling price;sales price;sale price;unit price;sell price;regular price;list price;rrp;"
        "price incl vat;price inc vat;gross price;default price;price gbp;price eur;price usd;preis;verkaufspreis;vk;"
        "vk preis;vkpreis;vk brutto;bruttopreis;preis brutto;einzelpreis;ladenpreis;endpreis;uvp;prix;prix de vente;"
        "prix ttc;prix de vente ttc;prix vente;prix unitaire;pv ttc;pvp;precio;precio de venta;precio venta;"
        "precio unitario;precio con iva;preco;preco de venda;preco venda;preco unitario;preco com iva;msrp;amount"
    ),
    "tax": (
        "tax;tax category;tax class;tax code;tax rate;vat;vat rate;vat code;vat class;taxes;sales tax;steuer;"
        "steuersatz;mwst;mwst satz;ust;ust satz;steuerklasse;steuerkategorie;mehrwertsteuer;taxe;taux tva;tva;"
        "taux de tva;code tva;impuesto;impuestos;iva;tipo iva;tipo de iva;taxa;taxa de iva;taxa iva;imposto;gst"
    ),
    "is_sold": (
        "is sold;sold;active;is active;enabled;for sale;sellable;available;available for sale;status;aktiv;"
        "verkaufbar;verfugbar;en vente;actif;vendable;activo;en venta;vendible;ativo;a venda;published;visible"
    ),
    "description": (
        "description;long description;product description;details;body;notes;beschreibung;produktbeschreibung;"
        "langtext;artikelbeschreibung;beschreibung lang;description longue;description produit;descriptif;descripcion;"
        "descripcion larga;detalle;descricao;descricao longa;detalhes"
    ),
    "image": (
        "image;image url;picture;photo;image link;image src;picture url;photo url;images;bild;bild url;bildlink;foto;"
        "produktbild;url image;lien image;imagen;url imagen;url de la imagen;imagem;url da imagem"
    ),
    "on_hand": (
        "on hand;stock;quantity on hand;qty on hand;stock on hand;quantity;qty;in stock;stock quantity;inventory;"
        "stock level;current stock;current quantity;bestand;lagerbestand;menge;lager;stock actuel;quantite;"
        "quantite en stock;en stock;existencias;stock actual;cantidad;inventario;estoque;quantidade;qtd"
    ),
    "favourite": "favourite;favorite;favourite rank;favorite rank;favorit;favori;favorito;bestseller",
    **trait_columns.NAMES,
}
SYNONYMS = {field: tuple(names.split(";")) for field, names in _NAMES.items()}
"""The names that a column of ours goes by, the surest first."""

COLUMN_WORDS = frozenset(name for names in SYNONYMS.values() for name in names)
"""Everything that a column of a product list is called."""

_OTHER_AMOUNTS = (
    "cost purchase wholesale compare supplier trade einkauf einkaufspreis ek ekpreis achat ht compra coste custo netto"
    " net old alt was date datum min max minimum maximum mindest reorder alert meldebestand discount rabatt remise"
)
FORBIDDEN = frozenset(_OTHER_AMOUNTS.split())
"""Words that make a price or a stock another one: what it costs us, what it was, when to order again."""

_LETTERS = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=1 << 10)
def folded(header: str) -> str:
    """A header as the lists above write it: ``Código de barras*`` is ``codigo de barras``."""
    plain = unicodedata.normalize("NFKD", header.replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_LETTERS.sub(" ", plain.casefold()).split())
